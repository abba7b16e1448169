// The mark: a key whose ring, stem and bit make the L of Latchkey.
type MarkProps = { size?: number; bare?: boolean };

/** The mark on its plate; `bare` leaves the plate away and draws in the text's colour. */
export function Mark({ size = 36, bare = false }: MarkProps) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 64 64">
      {bare ? null : <rect width="64" height="64" rx="15" fill="#1f5b4d" />}
      <g
        fill="none"
        stroke={bare ? 'currentColor' : '#fff'}
        strokeWidth="5.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <circle cx="23" cy="20.5" r="7.75" stroke="#d9a441" />
        <path d="M23 28.5V48h21.5M34.5 48v-8M44.5 48v-8" />
      </g>
    </svg>
  );
}
