ALTER TABLE "contact" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "retention_due_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "contact_erased" ON "contact" USING btree ("erased_at") WHERE "contact"."erased_at" is not null;--> statement-breakpoint
CREATE INDEX "invitation_decision" ON "invitation" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "invitation_recipient" ON "invitation" USING btree ("recipient_id");--> statement-breakpoint
CREATE INDEX "ticket_contact" ON "ticket" USING btree ("contact_id");