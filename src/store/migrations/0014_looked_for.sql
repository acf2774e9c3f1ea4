ALTER TABLE "copy" ADD COLUMN "addresses" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "copy" ADD COLUMN "looked_for_at" timestamp (3) with time zone;