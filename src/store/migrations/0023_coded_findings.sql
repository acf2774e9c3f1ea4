-- Sentences cannot be turned into codes: every account is looked at anew.
UPDATE "connection" SET "findings" = '[]', "provision_due_at" = now();--> statement-breakpoint
ALTER TABLE "connection" ALTER COLUMN "status_detail" SET DATA TYPE jsonb USING NULL;--> statement-breakpoint
ALTER TABLE "dry_run" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "dry_run" DROP COLUMN "because";