import type { Guide } from '../../src/connector.ts';

const rest = ['ZENDESK_CONTACT_KEY', 'ZENDESK_APP_SECRET', 'ZENDESK_BASE_URL'];

export const guide: Guide = {
  color: '#17494d',
  summary: {
    en: 'Tickets and users. Responses are saved on the user.',
    de: 'Tickets und Benutzer. Antworten werden am Benutzer gespeichert.',
    fr: 'Tickets et utilisateurs. Les réponses sont enregistrées sur l’utilisateur.',
    es: 'Tickets y usuarios. Las respuestas se guardan en el usuario.',
    nb: 'Saker og brukere. Svar lagres på brukeren.',
  },
  fields: {
    ZENDESK_SUBDOMAIN: {
      label: 'Subdomain',
      help: 'The first part of your Zendesk address: “acme” for acme.zendesk.com.',
    },
    ZENDESK_CLIENT_ID: {
      label: 'Client identifier',
      help: 'The “Identifier” of the OAuth client, from Admin Center › Apps and integrations › APIs › OAuth clients.',
    },
    ZENDESK_CLIENT_SECRET: {
      label: 'Client secret',
      help: 'Zendesk shows it in full only once, right after you save the OAuth client. If you lose it, generate a new one on the client’s page.',
    },
    ZENDESK_EMAIL: {
      label: 'Admin email address',
      help: 'The address of the admin whose API token is used.',
    },
    ZENDESK_API_TOKEN: {
      label: 'API token',
      help: 'An existing one, from Admin Center › Apps and integrations › APIs › API tokens. Zendesk no longer creates API tokens, and existing ones stop working on April 30, 2027.',
    },
    ZENDESK_CONTACT_KEY: {
      label: 'Field that identifies a contact',
      help: 'Only if you have something like a customer number: external_id, or the key of a user field. Users with the same value belong to the same contact. Leave it empty to match contacts by email address.',
    },
    ZENDESK_APP_SECRET: {
      label: 'Sidebar app secret',
      help: 'Only if you install the Scoreback app for agents: the secret that was printed when the app was packaged, the same as in the app’s settings. It has at least 32 characters.',
    },
    ZENDESK_BASE_URL: {
      label: 'API address',
      help: 'Only if calls to Zendesk must go through your own gateway. Otherwise leave it empty.',
    },
  },
  keys: [
    {
      name: 'client',
      title: 'An OAuth client',
      steps: [
        'Sign in to Zendesk as an admin. The client has the permissions of the admin who creates it, and only admins can create user fields and webhooks.',
        'Open Admin Center › Apps and integrations › APIs › OAuth clients, and add a client. Name it Scoreback, choose the client kind Confidential, and save.',
        'Copy the identifier, and the secret while it is shown, to the fields here. Scoreback then creates the user fields and the webhook.',
      ],
      scopes: [
        { name: 'read', why: 'Reads tickets, users, groups and fields.', required: true },
        {
          name: 'write',
          why: 'Writes CRM fields and tags, and creates the user fields and the webhook.',
          required: true,
        },
      ],
      needs: ['ZENDESK_SUBDOMAIN', 'ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'],
      may: rest,
    },
    {
      name: 'api-token',
      title: 'An existing API token',
      steps: [
        'Only if you already have one: Zendesk has not created new API tokens since October 27, 2026, and existing ones stop working on April 30, 2027. We recommend an OAuth client.',
        'Enter the token and the email address of its admin. Token access must be on in Admin Center › Apps and integrations › APIs › API tokens.',
      ],
      needs: ['ZENDESK_SUBDOMAIN', 'ZENDESK_EMAIL', 'ZENDESK_API_TOKEN'],
      may: rest,
    },
  ],
  address: 'ZENDESK_BASE_URL',
};
