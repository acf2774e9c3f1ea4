/**
 * The panel that agents see beside a ticket or a contact in the helpdesk or CRM. Has no table of its own. The
 * vendor’s app calls its routes.
 */
export { panelRoutes } from './routes.ts';
