DROP INDEX "copy_due";--> statement-breakpoint
CREATE INDEX "copy_due" ON "copy" USING btree ("connection_id","state","due_at") WHERE "copy"."due_at" is not null;