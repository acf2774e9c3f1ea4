import type { Guide } from '../../src/connector.ts';

const rest = ['ZENDESK_CONTACT_KEY', 'ZENDESK_APP_SECRET', 'ZENDESK_BASE_URL'];

export const guide: Guide = {
  color: '#17494d',
  summary: {
    en: 'Tickets and users; scores stand on the user.',
    de: 'Tickets und Benutzer; Scores stehen am Benutzer.',
    fr: 'Tickets et utilisateurs ; les scores figurent sur l’utilisateur.',
    es: 'Tickets y usuarios; las puntuaciones están en el usuario.',
    nb: 'Saker og brukere; scorer står på brukeren.',
  },
  fields: {
    ZENDESK_SUBDOMAIN: {
      label: 'Subdomain',
      help: 'The first part of the address where your agents work: acme, if that is acme.zendesk.com.',
    },
    ZENDESK_CLIENT_ID: {
      label: 'Client identifier',
      help: 'The “Identifier” of the OAuth client, from Admin Center › Apps and integrations › APIs › OAuth clients.',
    },
    ZENDESK_CLIENT_SECRET: {
      label: 'Client secret',
      help: 'Zendesk shows it in full once, right after the OAuth client was saved. If it is lost, generate another one on the client’s page.',
    },
    ZENDESK_EMAIL: {
      label: 'Email address of the admin',
      help: 'The address with which the admin signs in in whose name the API token is used.',
    },
    ZENDESK_API_TOKEN: {
      label: 'API token',
      help: 'One that you already have, from Admin Center › Apps and integrations › APIs › API tokens. Zendesk makes no new ones, and ends all of them on 30 April 2027.',
    },
    ZENDESK_CONTACT_KEY: {
      label: 'Field that joins people',
      help: 'Only if you have a customer number or the like: external_id, or the key of the user field whose equal values mean the same person. Leave it empty to join people by email address.',
    },
    ZENDESK_APP_SECRET: {
      label: 'Secret of the sidebar app',
      help: 'Only if you install the Scoreback app for agents: the secret that was printed when the app was packed, the same as in the app’s settings. At least 32 characters.',
    },
    ZENDESK_BASE_URL: {
      label: 'Address of the API',
      help: 'Leave it empty, unless your calls to Zendesk have to go through a gateway of your own.',
    },
  },
  keys: [
    {
      name: 'client',
      title: 'An OAuth client',
      steps: [
        'Sign in to Zendesk as an admin: the client acts with the rights of whoever made it, and only admins may create user fields and webhooks.',
        'Open Admin Center › Apps and integrations › APIs › OAuth clients, and add a client. Name it Scoreback, choose the client kind Confidential, and save.',
        'Copy the identifier, and the secret while it is shown, into the fields here. User fields and the webhook are then made by themselves.',
      ],
      scopes: [
        { name: 'read', why: 'Reads tickets, users, groups and fields.', required: true },
        { name: 'write', why: 'Writes scores, tags and our fields, and makes our webhook.', required: true },
      ],
      needs: ['ZENDESK_SUBDOMAIN', 'ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'],
      may: rest,
    },
    {
      name: 'api-token',
      title: 'An API token that you already have',
      steps: [
        'Only if you have one: Zendesk has made no new API tokens since 27 October 2026, and ends all of them on 30 April 2027. An OAuth client lasts.',
        'Fill in the token with the email address of the admin it is used for. Token access must be on in Admin Center › Apps and integrations › APIs › API tokens.',
      ],
      needs: ['ZENDESK_SUBDOMAIN', 'ZENDESK_EMAIL', 'ZENDESK_API_TOKEN'],
      may: rest,
    },
  ],
  address: 'ZENDESK_BASE_URL',
};
