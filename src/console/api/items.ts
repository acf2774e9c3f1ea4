import type { z } from 'zod';
import type {
  auditItem,
  contactItem,
  decisionItem,
  invitationItem,
  noticeItem,
  responseItem,
} from '../../http/api/items.ts';

// What the API answers, by the schemas that describe it: only their types come here.
export type ResponseItem = z.output<typeof responseItem>;
export type ContactItem = z.output<typeof contactItem>;
export type DecisionItem = z.output<typeof decisionItem>;
export type InvitationItem = z.output<typeof invitationItem>;
export type NoticeItem = z.output<typeof noticeItem>;
export type AuditItem = z.output<typeof auditItem>;
