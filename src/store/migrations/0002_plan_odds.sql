-- When a line is sold out, and what its first action depends on. Empty in plans made before.
ALTER TABLE plan_line ADD COLUMN half_out_by BIGINT;
ALTER TABLE plan_line ADD COLUMN sure_out_by BIGINT;
ALTER TABLE plan_line ADD COLUMN out_by_end DOUBLE PRECISION;
ALTER TABLE plan_line ADD COLUMN elasticity DOUBLE PRECISION;
ALTER TABLE plan_line ADD COLUMN turning_elasticity DOUBLE PRECISION;
