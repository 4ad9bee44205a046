(block (identifier) (string_lit (template_literal) @name) . (block_start)) @class
(block . (identifier) @name . (block_start)) @class
(config_file (body (attribute (identifier) @name) @value))
