-- The parent under which traffic reports name a product.
ALTER TABLE traffic ADD COLUMN parent TEXT NOT NULL DEFAULT '';
