DROP INDEX "audit_workspace";--> statement-breakpoint
DROP INDEX "contact_workspace";--> statement-breakpoint
DROP INDEX "notice_workspace";--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "rewrite_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "rewrite_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "resolution" ADD COLUMN "tags" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("workspace_id","subject");--> statement-breakpoint
CREATE INDEX "invitation_workspace" ON "invitation" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "score_at_risk" ON "score" USING btree ("contact_id") WHERE "score"."values" ->> 'feedback_at_risk' = 'true';--> statement-breakpoint
CREATE INDEX "score_advocate" ON "score" USING btree ("contact_id") WHERE "score"."values" ->> 'feedback_advocate' = 'true';--> statement-breakpoint
CREATE INDEX "audit_workspace" ON "audit" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "contact_workspace" ON "contact" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "notice_workspace" ON "notice" USING btree ("workspace_id","received_at");