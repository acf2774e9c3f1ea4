import type { Guide } from '../../src/connector.ts';

export const guide: Guide = {
  color: '#25c16f',
  summary: {
    en: 'Tickets and contacts. Responses are saved on the contact.',
    de: 'Tickets und Kontakte. Antworten werden am Kontakt gespeichert.',
    fr: 'Tickets et contacts. Les réponses sont enregistrées sur le contact.',
    es: 'Tickets y contactos. Las respuestas se guardan en el contacto.',
    nb: 'Saker og kontakter. Svar lagres på kontakten.',
  },
  fields: {
    FRESHDESK_DOMAIN: {
      label: 'Domain',
      help: 'The full domain that ends in freshdesk.com, without https://, such as acme.freshdesk.com. The API does not work with a custom domain.',
    },
    FRESHDESK_API_KEY: {
      label: 'API key',
      help: 'The key of an admin who sees all tickets. In Freshdesk, click your profile picture, then Profile settings, then Your API key.',
    },
    FRESHDESK_WEBHOOK_SECRET: {
      label: 'Webhook secret',
      help: 'A long random text that you choose, the same as in the header of the automation rule. With it, Freshdesk tells Scoreback immediately when a ticket is resolved. Without it, Scoreback checks every few minutes.',
    },
    FRESHDESK_BASE_URL: {
      label: 'API address',
      help: 'Only if calls to Freshdesk must go through your own gateway. Otherwise leave it empty.',
    },
  },
  keys: [
    {
      name: 'api-key',
      title: 'An API key',
      steps: [
        'Sign in to Freshdesk as an admin who sees all tickets. The key has that admin’s permissions and stops working when their account is deleted.',
        'Click your profile picture, choose Profile settings, and copy Your API key to the field here.',
        'For immediate updates, create a rule under Admin › Workflows › Automations › Ticket updates: when Status is changed, trigger a webhook with POST to {webhookUrl}. Add the custom header “X-Scoreback-Secret: ” followed by your secret, and choose the encoding JSON and the content Advanced. The connector’s README shows the content.',
      ],
      needs: ['FRESHDESK_DOMAIN', 'FRESHDESK_API_KEY'],
      may: ['FRESHDESK_WEBHOOK_SECRET', 'FRESHDESK_BASE_URL'],
    },
  ],
  address: 'FRESHDESK_BASE_URL',
};
