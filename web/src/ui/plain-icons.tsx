// The few line icons the door needs, drawn on a 24 grid; the app takes its icons from Tabler.
import type { ReactNode } from 'react';

type IconProps = { size?: number };

function Lines({ size = 20, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export function EyeIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <path d="M3 12c2.4-4.2 5.4-6.2 9-6.2s6.6 2 9 6.2c-2.4 4.2-5.4 6.2-9 6.2S5.4 16.2 3 12Z" />
      <circle cx="12" cy="12" r="2.6" />
    </Lines>
  );
}

export function EyeOffIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <path d="M6.7 7.4C5.3 8.5 4 10 3 12c2.4 4.2 5.4 6.2 9 6.2 1.7 0 3.3-.5 4.7-1.4M10 6a9 9 0 0 1 2-.2c3.6 0 6.6 2 9 6.2a16 16 0 0 1-1.9 2.7" />
      <path d="M4 4l16 16" />
    </Lines>
  );
}

export function CheckIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <path d="M5 12.5l4.5 4.5L19 7.5" />
    </Lines>
  );
}

export function InfoIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11.5v4.5M12 8h.01" />
    </Lines>
  );
}

export function WarnIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <path d="M12 4.5 3.5 19h17L12 4.5Z" />
      <path d="M12 10v4M12 16.6h.01" />
    </Lines>
  );
}

export function LockIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
      <path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14.5v2" />
    </Lines>
  );
}

export function ClockIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.5V12l3 2" />
    </Lines>
  );
}

export function MailIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <rect x="3.5" y="5.5" width="17" height="13" rx="2" />
      <path d="m4.5 7.5 7.5 5.5 7.5-5.5" />
    </Lines>
  );
}

export function PersonIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <circle cx="12" cy="8.5" r="3.5" />
      <path d="M5 19.5c.8-3.5 3.5-5 7-5s6.2 1.5 7 5" />
    </Lines>
  );
}

export function KeyIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <circle cx="8" cy="8" r="4" />
      <path d="m11 11 8.5 8.5M16 16l2-2M13.5 13.5l2-2" />
    </Lines>
  );
}

export function BackIcon(props: IconProps) {
  return (
    <Lines {...props}>
      <path d="M14.5 5.5 8 12l6.5 6.5" />
    </Lines>
  );
}
