-- A partner's million indicators come in one statement, and a foreign key is checked for each row by itself: three of
-- them took as long as everything else together. Partners and imports are never deleted and the one statement that
-- writes these rows gives their ids itself; matches of what is deleted are deleted with it.
ALTER TABLE "partner_indicator" DROP CONSTRAINT "partner_indicator_partner_id_fkey";
ALTER TABLE "partner_indicator" DROP CONSTRAINT "partner_indicator_import_id_fkey";
ALTER TABLE "partner_match" DROP CONSTRAINT "partner_match_partner_id_stix_id_ordinal_fkey";
