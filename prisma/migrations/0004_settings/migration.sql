-- Settings that an administrator changes at the desk. A change is a new version; none is ever overwritten.

CREATE TABLE "setting" (
  "name" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "value" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "changed_by_id" INTEGER,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "setting_pkey" PRIMARY KEY ("name", "version"),
  CONSTRAINT "setting_version_check" CHECK ("version" >= 1),
  CONSTRAINT "setting_changed_by_id_fkey" FOREIGN KEY ("changed_by_id") REFERENCES "app_user"("id")
);

CREATE FUNCTION refuse_setting_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of a setting is never changed: write the next one';
END $$;
CREATE TRIGGER setting_is_final BEFORE UPDATE OR DELETE ON "setting"
  FOR EACH ROW EXECUTE FUNCTION refuse_setting_change();
