// A person as a round mark with initials; decoration only, the name always stands beside it or in a label.
import css from './avatar.module.css';

export function Avatar({ name, size = 36 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden="true"
      className={css.avatar}
      data-initials={initials(name)}
      style={{ width: size, height: size, fontSize: size * 0.37 }}
    />
  );
}

/** 王小明 → 小明, 李思源 Leo Li → 思源, Ada Lovelace → AL */
function initials(name: string): string {
  const trimmed = name.trim();
  const han = /\p{Script=Han}+/u.exec(trimmed)?.[0];
  if (han) return han.slice(-2);
  return trimmed
    .split(/\s+/)
    .slice(0, 2)
    .map(word => word[0]?.toUpperCase() ?? '')
    .join('');
}
