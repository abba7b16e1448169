// The one table of places in the side bar, the bottom bar and the command palette, in order.
import {
  IconActivity,
  IconAddressBook,
  IconBeach,
  IconBell,
  IconBellRinging,
  IconBuildingStore,
  IconChartBar,
  IconChecklist,
  IconCloudStorm,
  IconCopyCheck,
  IconFileImport,
  IconFileInvoice,
  IconForms,
  IconHeadset,
  IconHistory,
  IconHome,
  IconInbox,
  IconLifebuoy,
  IconLock,
  IconMessage2Cog,
  IconPackage,
  IconPaperclip,
  type IconProps,
  IconRobot,
  IconShieldCog,
  IconStack2,
  IconTargetArrow,
  IconTrash,
  IconUserCircle,
  IconUserPlus,
  IconUserQuestion,
  IconUsers,
  IconUsersGroup,
  IconWorldCheck,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

export type Place = {
  /** Route path; also the key of its words: `nav.<key>` in shell/words. */
  to: string;
  key: string;
  icon: ComponentType<IconProps>;
  /** Capability without which the place is not shown (`read:customer`). */
  needs?: string;
  /** Second key of the shortcut: g, then this one; each is one place's. */
  jump?: string;
};

export const places: Place[] = [
  { to: '/', key: 'home', icon: IconHome, jump: 'h' },
  { to: '/tasks', key: 'tasks', icon: IconChecklist, needs: 'read:task', jump: 't' },
  { to: '/customers', key: 'customers', icon: IconBuildingStore, needs: 'read:customer', jump: 'c' },
  { to: '/leads', key: 'leads', icon: IconUserPlus, needs: 'read:lead', jump: 'e' },
  { to: '/pool', key: 'pool', icon: IconBeach, needs: 'read:customer' },
  { to: '/contacts', key: 'contacts', icon: IconAddressBook, needs: 'read:contact', jump: 'o' },
  { to: '/deals', key: 'deals', icon: IconTargetArrow, needs: 'read:deal', jump: 'd' },
  { to: '/orders', key: 'orders', icon: IconFileInvoice, needs: 'read:order', jump: 'x' },
  { to: '/products', key: 'products', icon: IconPackage, needs: 'read:product', jump: 'u' },
  { to: '/analysis', key: 'analysis', icon: IconChartBar, needs: 'read:deal', jump: 'y' },
  { to: '/inbox', key: 'notices', icon: IconBellRinging, jump: 'z' },
  { to: '/feed', key: 'feed', icon: IconActivity, needs: 'read:customer', jump: 'v' },
  { to: '/imports', key: 'imports', icon: IconFileImport, needs: 'import:customer', jump: 'i' },
  { to: '/intake', key: 'intake', icon: IconInbox, needs: 'read:intake', jump: 'r' },
  { to: '/duplicates', key: 'duplicates', icon: IconCopyCheck, needs: 'read:customer' },
  { to: '/bin', key: 'bin', icon: IconTrash, needs: 'read:customer' },
  { to: '/batches', key: 'batches', icon: IconStack2, needs: 'update:customer' },
  { to: '/automation', key: 'automation', icon: IconRobot, needs: 'read:automation' },
  { to: '/log', key: 'log', icon: IconHistory, needs: 'read:audit', jump: 'l' },
  { to: '/people', key: 'people', icon: IconUsers, needs: 'read:person', jump: 'p' },
  { to: '/teams', key: 'teams', icon: IconUsersGroup, needs: 'update:person' },
  { to: '/roles', key: 'roles', icon: IconShieldCog, needs: 'read:policy' },
  { to: '/desk', key: 'desk', icon: IconHeadset, needs: 'help:person' },
  { to: '/alerts', key: 'alerts', icon: IconBell, needs: 'read:policy', jump: 'b' },
  { to: '/locks', key: 'locks', icon: IconLock, needs: 'read:lock', jump: 'k' },
  { to: '/weather', key: 'weather', icon: IconCloudStorm, needs: 'read:lock', jump: 'w' },
  { to: '/networks', key: 'networks', icon: IconWorldCheck, needs: 'read:policy', jump: 'n' },
  { to: '/custom-fields', key: 'custom-fields', icon: IconForms, needs: 'configure:policy', jump: 'f' },
  { to: '/file-settings', key: 'files', icon: IconPaperclip, needs: 'configure:policy' },
  { to: '/message-templates', key: 'templates', icon: IconMessage2Cog, needs: 'configure:policy', jump: 'm' },
  { to: '/tickets', key: 'tickets', icon: IconLifebuoy, needs: 'read:ticket', jump: 's' },
  { to: '/requests', key: 'requests', icon: IconUserQuestion, needs: 'help:person', jump: 'q' },
  { to: '/account', key: 'account', icon: IconUserCircle, jump: 'a' },
];

/** The places this person may see. */
export function placesFor(capabilities: string[]): Place[] {
  return places.filter(place => !place.needs || capabilities.includes(place.needs));
}

/** Places that belong together, as the side bar and the phone's sheet show them; what is in none stands with the last. */
const groups = [
  { key: 'day', of: ['home', 'today', 'tasks', 'notices', 'feed'] },
  {
    key: 'sell',
    of: ['customers', 'contacts', 'leads', 'pool', 'deals', 'orders', 'payments', 'products', 'analysis'],
  },
  { key: 'data', of: ['imports', 'batches', 'intake', 'duplicates', 'automation', 'bin'] },
  {
    key: 'guard',
    of: ['people', 'desk', 'requests', 'tickets', 'locks', 'weather', 'networks', 'alerts', 'log'],
  },
  { key: 'set', of: ['teams', 'roles', 'custom-fields', 'files', 'templates'] },
] as const;

export type Group = { key: (typeof groups)[number]['key']; places: Place[] };

/** The places in groups, in the order of each group; empty groups fall away. */
export function grouped(shown: Place[]): Group[] {
  const known = new Set<string>(groups.flatMap(group => group.of));
  const last = groups.length - 1;
  return groups
    .map((group, index) => ({
      key: group.key,
      places: [
        ...group.of.flatMap(key => shown.filter(place => place.key === key)),
        ...(index === last ? shown.filter(place => !known.has(place.key) && place.key !== 'account') : []),
      ],
    }))
    .filter(group => group.places.length > 0);
}
