// How long a session lasts, and how a device is called.

const HOUR = 3_600;

/**
 * Session limits in seconds (ASVS 5.0 7.3.1, 7.3.2; NIST SP 800-63B-4 2.2.3: 24 h at most without activity limits at
 * AAL2): a working day on a browser that is not remembered, thirty days with a week's idling on one that is.
 */
export function sessionLimits(remember: boolean): { idleSeconds: number; absoluteSeconds: number } {
  return remember
    ? { idleSeconds: 7 * 24 * HOUR, absoluteSeconds: 30 * 24 * HOUR }
    : { idleSeconds: 8 * HOUR, absoluteSeconds: 24 * HOUR };
}

/** A session that a lock holds back is for lifting it, and for nothing that takes longer. */
export const heldLimits = { idleSeconds: HOUR / 2, absoluteSeconds: HOUR / 2 };

const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'],
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Android/i, 'Android'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/CrOS/i, 'ChromeOS'],
  [/Linux/i, 'Linux'],
];
const browsers: [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/DingTalk/i, 'DingTalk'],
  [/Edg(e|A|iOS)?\//i, 'Edge'],
  [/OPR\/|Opera/i, 'Opera'],
  [/QQBrowser/i, 'QQ Browser'],
  [/UCBrowser/i, 'UC Browser'],
  [/Firefox|FxiOS/i, 'Firefox'],
  [/Chrome|CriOS|Chromium/i, 'Chrome'],
  [/Safari/i, 'Safari'],
];

/** What a person would call the device, e.g. "Chrome · Android"; of the user agent nothing else is told. */
export function deviceLabel(userAgent: string): string {
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [browser, system].filter(Boolean).join(' · ') || userAgent.split(/[\s/]/)[0]?.slice(0, 40) || '?';
}
