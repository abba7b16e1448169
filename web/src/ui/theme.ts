// Mantine wearing our design: every colour and size points at the custom properties in tokens.css.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eef5f3',
  '#e3efeb',
  '#b8d5cd',
  '#8cc7b7',
  '#65a192',
  '#428675',
  '#2c6f5f',
  '#1f5b4d',
  '#18483d',
  '#10332b',
];

const controlVars = { '--input-height': 'var(--control)', '--input-fz': 'var(--control-text)' };
const field = { vars: () => ({ wrapper: controlVars }) };
const still = { transitionProps: { duration: 120 } };

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '650',
    sizes: {
      h1: { fontSize: 'var(--text-2xl)', lineHeight: 'var(--line-tight)' },
      h2: { fontSize: 'var(--text-xl)', lineHeight: 'var(--line-tight)' },
      h3: { fontSize: 'var(--text-lg)', lineHeight: 'var(--line-tight)' },
    },
  },
  fontSizes: {
    xs: 'var(--text-xs)',
    sm: 'var(--text-sm)',
    md: 'var(--text-md)',
    lg: 'var(--text-lg)',
    xl: 'var(--text-xl)',
  },
  lineHeights: {
    xs: 'var(--line)',
    sm: 'var(--line)',
    md: 'var(--line)',
    lg: 'var(--line)',
    xl: 'var(--line)',
  },
  radius: { sm: 'var(--radius-sm)', md: 'var(--radius-md)', lg: 'var(--radius-lg)' },
  spacing: {
    xs: 'var(--space-2)',
    sm: 'var(--space-3)',
    md: 'var(--space-4)',
    lg: 'var(--space-5)',
    xl: 'var(--space-6)',
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'md' },
      vars: () => ({
        root: {
          '--button-height': 'var(--control)',
          '--button-fz': 'var(--text-md)',
          '--button-padding-x': '1.125rem',
        },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: () => ({ root: { '--ai-size': 'var(--control)' } }),
    },
    Input: field,
    InputWrapper: { defaultProps: { labelProps: { size: 'sm' } } },
    Menu: { defaultProps: { ...still, shadow: 'md', radius: 'md' } },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-anchor': 'var(--primary-text)',
  '--mantine-color-placeholder': 'var(--text-2)',
  '--mantine-color-error': 'var(--danger-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-2)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-soft)',
  '--mantine-primary-color-filled': 'var(--primary)',
  '--mantine-primary-color-filled-hover': 'var(--primary-hover)',
  '--mantine-primary-color-light': 'var(--primary-soft)',
  '--mantine-primary-color-light-hover': 'var(--primary-soft)',
  '--mantine-primary-color-light-color': 'var(--primary-text)',
  '--mantine-color-pine-filled': 'var(--primary)',
  '--mantine-color-pine-filled-hover': 'var(--primary-hover)',
  '--mantine-color-pine-light': 'var(--primary-soft)',
  '--mantine-color-pine-light-hover': 'var(--primary-soft)',
  '--mantine-color-pine-light-color': 'var(--primary-text)',
  '--mantine-color-red-filled': 'var(--danger)',
  '--mantine-color-red-filled-hover': 'var(--danger-hover)',
  '--mantine-color-red-light': 'var(--danger-soft)',
  '--mantine-color-red-light-color': 'var(--danger-text)',
  '--mantine-color-gray-light-color': 'var(--text-2)',
  '--input-bd': 'var(--line-firm)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: shared, light: shared, dark: shared });
