(table [(bare_key) (dotted_key) (quoted_key)] @name) @class
(table_array_element [(bare_key) (dotted_key) (quoted_key)] @name) @class
(document (pair [(bare_key) (dotted_key) (quoted_key)] @name) @value)
