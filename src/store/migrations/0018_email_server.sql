CREATE TABLE "email_server" (
	"id" text PRIMARY KEY NOT NULL,
	"identity" text NOT NULL,
	"kind" text,
	"since" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"message" text,
	"remedy" text,
	"throttled_since" timestamp (3) with time zone,
	"throttled_at" timestamp (3) with time zone,
	"per_second" double precision
);
