-- What Fee Preview says a unit sold pays beside referral and fulfilment: closing fees of media, fees per item.
ALTER TABLE fee_preview ADD COLUMN closing_fee BIGINT;
-- What Monthly Storage Fees says the charge is made of.
ALTER TABLE storage_fee ADD COLUMN base_fee BIGINT;
ALTER TABLE storage_fee ADD COLUMN utilisation_fee BIGINT;
ALTER TABLE storage_fee ADD COLUMN utilisation_rate BIGINT;
ALTER TABLE storage_fee ADD COLUMN discount BIGINT;
ALTER TABLE storage_fee ADD COLUMN utilisation_weeks DOUBLE;
