ALTER TABLE "copy" ALTER COLUMN "outcome" SET DATA TYPE jsonb USING NULL;--> statement-breakpoint
ALTER TABLE "notice" ALTER COLUMN "outcome" SET DATA TYPE jsonb USING NULL;--> statement-breakpoint
ALTER TABLE "ticket" ALTER COLUMN "mark_outcome" SET DATA TYPE jsonb USING NULL;--> statement-breakpoint
ALTER TABLE "response" ADD COLUMN "status_reason" jsonb;--> statement-breakpoint
ALTER TABLE "response" DROP COLUMN "status_because";