// Light or dark at the door, from the same choice the app keeps.
const key = 'latchkey.colours';

/** Sets the scheme on the page and follows the system while the choice is "auto". */
export function followColours(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = localStorage.getItem(key);
    const dark = chosen === 'dark' || (chosen !== 'light' && system.matches);
    document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
}
