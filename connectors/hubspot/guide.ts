import type { Guide, GuideScope } from '../../src/connector.ts';

const scopes: readonly GuideScope[] = [
  { name: 'oauth', why: 'Required by HubSpot for every app.', required: true },
  {
    name: 'tickets',
    why: 'Reads tickets, their contacts and pipelines, and writes the rating to the ticket.',
    required: true,
  },
  {
    name: 'crm.objects.contacts.read',
    why: 'Finds the contact of a ticket, and whether they opted out.',
    required: true,
  },
  { name: 'crm.objects.contacts.write', why: 'Writes the CRM fields of the contact.', required: true },
  {
    name: 'crm.schemas.contacts.read',
    why: 'Checks that our properties exist and have the right type.',
    required: true,
  },
  { name: 'crm.schemas.contacts.write', why: 'Creates our properties.', required: true },
  {
    name: 'crm.objects.owners.read',
    why: 'Reads the names of agents and their teams.',
    required: true,
  },
  { name: 'crm.lists.read', why: 'Only for surveying the members of a list.', required: false },
  {
    name: 'conversations.read',
    why: 'Only for detecting spam, and the contact who wrote first if a ticket has several.',
    required: false,
  },
];

const installed = 'Install the app in your account. HubSpot requires a super admin or App Marketplace access.';

export const guide: Guide = {
  color: '#ff5c35',
  summary: {
    en: 'Tickets and contacts. Responses are saved on the contact.',
    de: 'Tickets und Kontakte. Antworten werden am Kontakt gespeichert.',
    fr: 'Tickets et contacts. Les réponses sont enregistrées sur le contact.',
    es: 'Tickets y contactos. Las respuestas se guardan en el contacto.',
    nb: 'Saker og kontakter. Svar lagres på kontakten.',
  },
  workflowStep: 'Send a survey',
  fields: {
    HUBSPOT_ACCESS_TOKEN: {
      label: 'Access token',
      help: 'In HubSpot, open your app under Development › Projects and copy the access token from its Auth tab. A service key (Settings › Integrations › Service Keys) also works, but then Scoreback checks for tickets every few minutes.',
    },
    HUBSPOT_CLIENT_SECRET: {
      label: 'Client secret',
      help: 'On the same Auth tab as the token. With it, HubSpot tells Scoreback immediately when a ticket is closed. Without it, Scoreback checks every few minutes. While you rotate it, enter the new and the old secret, separated by a comma.',
    },
    HUBSPOT_CLIENT_ID: {
      label: 'Client ID',
      help: 'On the Auth tab of an app with OAuth. The operator of this service sets it once.',
    },
    HUBSPOT_CONTACT_KEY: {
      label: 'Property that identifies a contact',
      help: 'Only if you have something like a customer number: the internal name of the contact property, from Settings › Properties. Records with the same value belong to the same contact. Leave it empty to match contacts by email address.',
    },
    HUBSPOT_API_BASE_URL: {
      label: 'API address',
      help: 'Only if calls to HubSpot must go through your own gateway. Otherwise leave it empty.',
    },
  },
  keys: [
    {
      name: 'token',
      title: 'Access token of your own app',
      steps: [
        'Create an app on HubSpot’s developer platform; Scoreback comes with its project. Run `npm run hubspot:app -- --url <the public address of this service>`: it writes the project to the folder hubspot-app.',
        'Run `npm install -g @hubspot/cli` and `hs init`, then `hs project upload` in that folder.',
        installed,
        'Open the app’s Auth tab (Development › Projects) and copy its access token and client secret to the fields here.',
        'An existing legacy private app also works: give it the scopes below, and set its webhook target to {webhookUrl}.',
      ],
      scopes,
      needs: ['HUBSPOT_ACCESS_TOKEN'],
      may: ['HUBSPOT_CLIENT_SECRET', 'HUBSPOT_CONTACT_KEY', 'HUBSPOT_API_BASE_URL'],
    },
  ],
  consent: {
    title: 'Sign in to HubSpot and allow access',
    steps: [
      'The operator of this service creates the app once: `npm run hubspot:app -- --auth oauth --url <the public address of this service>`, then `hs project upload`, and sets HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET from its Auth tab. Its redirect URL is {redirectUrl}.',
      'Click Connect here, choose the account in HubSpot, and allow access. HubSpot requires a super admin or App Marketplace access.',
    ],
    scopes,
    needs: ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'],
  },
  address: 'HUBSPOT_API_BASE_URL',
};
