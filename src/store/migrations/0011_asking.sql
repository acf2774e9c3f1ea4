ALTER TABLE "resolution" ADD COLUMN "handler" text;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "machine_addresses" jsonb DEFAULT '[]'::jsonb NOT NULL;