ALTER TABLE "invitation" ALTER COLUMN "waiting_for" SET DATA TYPE jsonb USING NULL;--> statement-breakpoint
ALTER TABLE "decision" ADD COLUMN "reason_params" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "decision" ALTER COLUMN "reason_params" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "email_server" ADD COLUMN "why" jsonb;--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "end_reason" jsonb;--> statement-breakpoint
ALTER TABLE "verdict" ADD COLUMN "reason_params" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "verdict" ALTER COLUMN "reason_params" DROP DEFAULT;--> statement-breakpoint
UPDATE "decision" SET "notes" = '[]';--> statement-breakpoint
ALTER TABLE "decision" DROP COLUMN "because";--> statement-breakpoint
ALTER TABLE "email_server" DROP COLUMN "message";--> statement-breakpoint
ALTER TABLE "email_server" DROP COLUMN "remedy";--> statement-breakpoint
ALTER TABLE "invitation" DROP COLUMN "ended_because";--> statement-breakpoint
ALTER TABLE "verdict" DROP COLUMN "because";
