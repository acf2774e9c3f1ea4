import type { Guide } from '../../src/connector.ts';

export const guide: Guide = {
  color: '#25c16f',
  summary: {
    en: 'Tickets and contacts; scores stand on the contact.',
    de: 'Tickets und Kontakte; Scores stehen am Kontakt.',
    fr: 'Tickets et contacts ; les scores figurent sur le contact.',
    es: 'Tickets y contactos; las puntuaciones están en el contacto.',
    nb: 'Saker og kontakter; scorer står på kontakten.',
  },
  fields: {
    FRESHDESK_DOMAIN: {
      label: 'Domain',
      help: 'The whole address that ends in freshdesk.com, without https://: acme.freshdesk.com. The API does not answer at a domain of your own.',
    },
    FRESHDESK_API_KEY: {
      label: 'API key',
      help: 'Of an admin who sees all tickets: click your profile picture, then Profile settings, then Your API key.',
    },
    FRESHDESK_WEBHOOK_SECRET: {
      label: 'Webhook secret',
      help: 'A long random text of your own, the same as in the header of the automation rule. With it Freshdesk tells us at once when a ticket is resolved; without it we look every few minutes.',
    },
    FRESHDESK_BASE_URL: {
      label: 'Address of the API',
      help: 'Leave it empty, unless your calls to Freshdesk have to go through a gateway of your own.',
    },
  },
  keys: [
    {
      name: 'api-key',
      title: 'An API key',
      steps: [
        'Sign in to Freshdesk as an admin who sees all tickets: the key has that person’s rights, and ends with their account.',
        'Click your profile picture, choose Profile settings, and copy Your API key into the field here.',
        'To be told at once, make a rule under Admin › Workflows › Automations › Ticket updates: when Status is changed, trigger a webhook by POST to {webhookUrl}, with the custom header “X-Scoreback-Secret: ” and your secret behind it, encoding JSON, content Advanced, as the connector’s README shows.',
      ],
      needs: ['FRESHDESK_DOMAIN', 'FRESHDESK_API_KEY'],
      may: ['FRESHDESK_WEBHOOK_SECRET', 'FRESHDESK_BASE_URL'],
    },
  ],
  address: 'FRESHDESK_BASE_URL',
};
