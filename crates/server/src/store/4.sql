
-- 4: the shift of a post that ends last is found without reading the others.

-- A shift of before stands there by its start until it is written again.
INSERT INTO row_list (list, ord, row)
SELECT 'latest-' || list, -ord, row FROM row_list WHERE list LIKE 'shifts-of/%';
