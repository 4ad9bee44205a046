(function_declaration name: (identifier) @name) @function
(test_declaration (string (string_content) @name)) @function
(variable_declaration . (identifier) @name [(struct_declaration) (enum_declaration) (union_declaration)]) @class
(source_file (variable_declaration . (identifier) @name) @value)
(container_field name: (identifier) @name) @field
(variable_declaration (builtin_function (builtin_identifier) @import-call) (#eq? @import-call "@import")) @import
