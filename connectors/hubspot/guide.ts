import type { Guide, GuideScope } from '../../src/connector.ts';

const scopes: readonly GuideScope[] = [
  { name: 'oauth', why: 'Opens the account at all.', required: true },
  {
    name: 'tickets',
    why: 'Reads tickets, their contacts and pipelines, and marks the answer on the ticket.',
    required: true,
  },
  {
    name: 'crm.objects.contacts.read',
    why: 'Finds who asked for help, and whether they may be asked back.',
    required: true,
  },
  { name: 'crm.objects.contacts.write', why: 'Writes the score on the contact.', required: true },
  {
    name: 'crm.schemas.contacts.read',
    why: 'Sees whether our properties are there and of the right type.',
    required: true,
  },
  { name: 'crm.schemas.contacts.write', why: 'Creates our properties, once.', required: true },
  {
    name: 'crm.objects.owners.read',
    why: 'Names of agents and their teams. Without it their numbers are shown.',
    required: true,
  },
  { name: 'crm.lists.read', why: 'Only to ask the members of a list.', required: false },
  {
    name: 'conversations.read',
    why: 'Only to know spam, and who wrote first where a ticket has several contacts.',
    required: false,
  },
];

const installed =
  'Install the app in your account. HubSpot asks for a super admin, or for somebody with App Marketplace access.';

export const guide: Guide = {
  color: '#ff5c35',
  summary: {
    en: 'Tickets and contacts; scores stand on the contact.',
    de: 'Tickets und Kontakte; Scores stehen am Kontakt.',
    fr: 'Tickets et contacts ; les scores figurent sur le contact.',
    es: 'Tickets y contactos; las puntuaciones están en el contacto.',
    nb: 'Saker og kontakter; scorer står på kontakten.',
  },
  workflowStep: 'Send a survey',
  fields: {
    HUBSPOT_ACCESS_TOKEN: {
      label: 'Access token',
      help: 'In HubSpot, open your app under Development › Projects and copy the access token from its Auth tab. A service key (Settings › Integrations › Service Keys) works too; then tickets are found by looking every few minutes.',
    },
    HUBSPOT_CLIENT_SECRET: {
      label: 'Client secret',
      help: 'Stands on the same Auth tab as the token. With it, HubSpot tells us at once when a ticket is closed; without it we look every few minutes. While you rotate it, give the new and the old one with a comma between.',
    },
    HUBSPOT_CLIENT_ID: {
      label: 'Client ID',
      help: 'Stands on the Auth tab of an app with OAuth. It belongs to this installation, so whoever runs it sets it once.',
    },
    HUBSPOT_CONTACT_KEY: {
      label: 'Property that joins people',
      help: 'Only if you have a customer number or the like: the internal name of the contact property whose equal values mean the same person, from Settings › Properties. Leave it empty to join people by email address.',
    },
    HUBSPOT_API_BASE_URL: {
      label: 'Address of the API',
      help: 'Leave it empty, unless your calls to HubSpot have to go through a gateway of your own.',
    },
  },
  keys: [
    {
      name: 'token',
      title: 'An access token of an app of your own',
      steps: [
        'New accounts make an app on HubSpot’s developer platform; its project comes with Scoreback. Run `npm run hubspot:app -- --url <the public address of this service>`: it writes the project into the folder hubspot-app.',
        'Run `npm install -g @hubspot/cli` and `hs init`, then `hs project upload` in that folder.',
        installed,
        'Open the app’s Auth tab (Development › Projects) and copy its access token and its client secret into the fields here.',
        'A legacy private app that you still have works as it is: give it the scopes below, and point its webhooks at {webhookUrl}.',
      ],
      scopes,
      needs: ['HUBSPOT_ACCESS_TOKEN'],
      may: ['HUBSPOT_CLIENT_SECRET', 'HUBSPOT_CONTACT_KEY', 'HUBSPOT_API_BASE_URL'],
    },
  ],
  consent: {
    title: 'Sign in to HubSpot and allow it',
    steps: [
      'Whoever runs this service makes the app once: `npm run hubspot:app -- --auth oauth --url <the public address of this service>`, then `hs project upload`, and sets HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET from its Auth tab. Its redirect address is {redirectUrl}.',
      'Press Connect here, choose the account at HubSpot, and allow what is asked for. HubSpot asks for a super admin, or for somebody with App Marketplace access.',
    ],
    scopes,
    needs: ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'],
  },
  address: 'HUBSPOT_API_BASE_URL',
};
