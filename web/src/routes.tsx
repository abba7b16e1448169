// The one table of routes. A page is loaded when first visited, its room's words beside it.
import { createRoute, createRouter } from '@tanstack/react-router';
import { searchKeys as analysisSearchKeys } from './analysis/search.ts';
import { automationRoutes } from './automation/routes.tsx';
import { batchRoutes } from './batches/routes.tsx';
import { binRoutes } from './bin/routes.tsx';
import { searchKeys as contactSearchKeys } from './contacts/search.ts';
import { searchKeys as customerSearchKeys } from './customers/search.ts';
import { searchKeys as dealSearchKeys } from './deals/search.ts';
import { duplicateRoutes } from './duplicates/routes.tsx';
import { fileRoutes } from './files/routes.tsx';
import { leadRoutes } from './leads/routes.tsx';
import { orderRoutes } from './orders/routes.tsx';
import { poolRoutes } from './pool/routes.tsx';
import { filters, page, root } from './route-parts.tsx';
import { taskRoutes } from './tasks/routes.tsx';

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: filters('sheet'),
  ...page(
    'home',
    () => import('./home/HomePage.tsx'),
    'activities',
    'custom-fields',
    'customers',
    'desk',
    'first-steps',
    'tasks',
  ),
});
const waiting = createRoute({
  getParentRoute: () => root,
  path: '/waiting',
  ...page(
    'offline',
    () => import('./offline/WaitingPage.tsx'),
    'custom-fields',
    'customers',
    'contacts',
    'activities',
    'deals',
  ),
});
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  validateSearch: filters('sheet'),
  ...page(
    'account',
    () => import('./account/AccountPage.tsx'),
    'accounts',
    'networks',
    'arrivals',
    'factors',
    'contact-points',
    'questions',
    'stories',
    'notices',
  ),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: filters(...customerSearchKeys, 'sheet'),
  ...page('customers', () => import('./customers/CustomersPage.tsx'), 'custom-fields', 'views'),
});
const customer = createRoute({
  getParentRoute: () => root,
  path: '/customers/$id',
  validateSearch: filters('sheet'),
  ...page(
    'customers',
    () => import('./customers/CustomerPage.tsx'),
    'files',
    'sharing',
    'custom-fields',
    'contacts',
    'tasks',
    'leads',
    'pool',
    'activities',
    'deals',
    'orders',
    'audit',
    'history',
    'comments',
  ),
});
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: filters(...contactSearchKeys, 'sheet'),
  ...page(
    'contacts',
    () => import('./contacts/ContactsPage.tsx'),
    'exports',
    'custom-fields',
    'customers',
    'batches',
    'views',
  ),
});
const deals = createRoute({
  getParentRoute: () => root,
  path: '/deals',
  validateSearch: filters(...dealSearchKeys, 'sheet'),
  ...page('deals', () => import('./deals/DealsPage.tsx'), 'exports', 'custom-fields', 'batches', 'views'),
});
const funnel = createRoute({
  getParentRoute: () => root,
  path: '/deals/funnel',
  validateSearch: filters('pipeline', 'owner', 'team', 'period'),
  ...page('deals', () => import('./deals/FunnelPage.tsx'), 'analysis'),
});
const analysis = createRoute({
  getParentRoute: () => root,
  path: '/analysis',
  validateSearch: filters(...analysisSearchKeys),
  ...page('analysis', () => import('./analysis/AnalysisPage.tsx'), 'deals'),
});
const pipelines = createRoute({
  getParentRoute: () => root,
  path: '/deals/pipelines',
  validateSearch: filters('sheet'),
  ...page('deals', () => import('./deals/PipelinesPage.tsx')),
});
const deal = createRoute({
  getParentRoute: () => root,
  path: '/deals/$id',
  validateSearch: filters('sheet'),
  ...page(
    'deals',
    () => import('./deals/DealPage.tsx'),
    'files',
    'sharing',
    'custom-fields',
    'tasks',
    'customers',
    'orders',
    'audit',
    'history',
    'comments',
  ),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  ...page('notices', () => import('./notices/InboxPage.tsx')),
});
const feed = createRoute({
  getParentRoute: () => root,
  path: '/feed',
  validateSearch: filters('person'),
  ...page('events', () => import('./events/FeedPage.tsx')),
});
const intake = createRoute({
  getParentRoute: () => root,
  path: '/intake',
  validateSearch: filters('state', 'sheet'),
  ...page('intake', () => import('./intake/IntakePage.tsx')),
});
const intakeKeys = createRoute({
  getParentRoute: () => root,
  path: '/intake/keys',
  validateSearch: filters('sheet'),
  ...page('intake', () => import('./intake/KeysPage.tsx')),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  validateSearch: filters('sheet'),
  ...page('imports', () => import('./imports/ImportsPage.tsx'), 'exports'),
});
const newImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/new',
  ...page('imports', () => import('./imports/NewImportPage.tsx')),
});
const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  ...page('imports', () => import('./imports/ImportPage.tsx')),
});
const log = createRoute({
  getParentRoute: () => root,
  path: '/log',
  validateSearch: filters('group', 'actor', 'from', 'to'),
  ...page('audit', () => import('./audit/LogPage.tsx'), 'custom-fields'),
});
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: filters('q', 'state', 'role', 'locked', 'sort'),
  ...page('people', () => import('./people/PeoplePage.tsx'), 'policies', 'desk', 'accounts'),
});
const roles = createRoute({
  getParentRoute: () => root,
  path: '/roles',
  validateSearch: filters('role'),
  ...page('roles', () => import('./roles/RolesPage.tsx')),
});
const teams = createRoute({
  getParentRoute: () => root,
  path: '/teams',
  ...page('roles', () => import('./roles/TeamsPage.tsx')),
});
const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$id',
  ...page(
    'people',
    () => import('./people/PersonPage.tsx'),
    'handover',
    'accounts',
    'policies',
    'desk',
    'audit',
    'factors',
  ),
});
const desk = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  ...page('desk', () => import('./desk/DeskPage.tsx'), 'factors'),
});
const kit = createRoute({
  getParentRoute: () => root,
  path: '/kit',
  ...page('desk', () => import('./desk/KitPage.tsx'), 'factors'),
});
const selfCheck = createRoute({
  getParentRoute: () => root,
  path: '/self-check',
  ...page('desk', () => import('./desk/SelfCheckPage.tsx')),
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  ...page('desk', () => import('./desk/NewPasswordPage.tsx')),
});
const locks = createRoute({
  getParentRoute: () => root,
  path: '/locks',
  ...page('policies', () => import('./policies/LocksPage.tsx')),
});
const lock = createRoute({
  getParentRoute: () => root,
  path: '/locks/$id',
  ...page('policies', () => import('./policies/LockPage.tsx'), 'stories'),
});
const lockPolicy = createRoute({
  getParentRoute: () => root,
  path: '/lock-policy',
  ...page('policies', () => import('./policies/LockPolicyPage.tsx'), 'factors', 'questions'),
});
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  validateSearch: filters('state', 'sheet'),
  ...page('support', () => import('./support/TicketsPage.tsx')),
});
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$id',
  ...page('support', () => import('./support/TicketPage.tsx')),
});
const vouching = createRoute({
  getParentRoute: () => root,
  path: '/vouching',
  ...page('support', () => import('./support/VouchingPage.tsx'), 'factors'),
});
const passwordPolicy = createRoute({
  getParentRoute: () => root,
  path: '/password-policy',
  ...page('policies', () => import('./policies/PasswordPolicyPage.tsx')),
});
const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  ...page('accounts', () => import('./accounts/RequestsPage.tsx')),
});
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  ...page('accounts', () => import('./accounts/VerifyEmailPage.tsx'), 'door'),
});
const networks = createRoute({
  getParentRoute: () => root,
  path: '/networks',
  validateSearch: filters('sheet'),
  ...page('networks', () => import('./networks/TrustedNetworksPage.tsx')),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: filters('sheet'),
  ...page('alerts', () => import('./alerts/AlertsPage.tsx')),
});
const customFields = createRoute({
  getParentRoute: () => root,
  path: '/custom-fields',
  validateSearch: filters('sheet'),
  ...page('custom-fields', () => import('./custom-fields/CustomFieldsPage.tsx')),
});
const templates = createRoute({
  getParentRoute: () => root,
  path: '/message-templates',
  validateSearch: filters('sheet'),
  ...page('templates', () => import('./templates/TemplatesPage.tsx')),
});
const weather = createRoute({
  getParentRoute: () => root,
  path: '/weather',
  validateSearch: filters('sheet'),
  ...page('weather', () => import('./weather/WeatherPage.tsx')),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    waiting,
    customers,
    customer,
    ...leadRoutes,
    ...automationRoutes,
    ...poolRoutes,
    ...duplicateRoutes,
    ...binRoutes,
    ...fileRoutes,
    contacts,
    deals,
    funnel,
    analysis,
    pipelines,
    deal,
    inbox,
    feed,
    ...orderRoutes,
    ...batchRoutes,
    ...taskRoutes,
    intake,
    intakeKeys,
    imports,
    newImport,
    oneImport,
    log,
    people,
    roles,
    teams,
    person,
    desk,
    newPassword,
    kit,
    selfCheck,
    alerts,
    customFields,
    locks,
    lock,
    lockPolicy,
    passwordPolicy,
    requests,
    verifyEmail,
    weather,
    templates,
    networks,
    tickets,
    ticket,
    vouching,
    account,
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
