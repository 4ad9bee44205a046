(function_declaration name: (identifier) @name) @function
(method_declaration name: (field_identifier) @name) @function
(type_declaration (type_spec name: (type_identifier) @name type: [(struct_type) (interface_type)])) @class
(type_declaration (type_spec name: (type_identifier) @name)) @value
(type_declaration (type_alias name: (type_identifier) @name)) @value
(source_file (const_declaration (const_spec name: (identifier) @name)) @value)
(source_file (var_declaration (var_spec name: (identifier) @name)) @value)
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name))) @value)
(import_declaration) @import
(package_clause) @import
(field_declaration name: (field_identifier) @name) @field
(method_elem name: (field_identifier) @name) @field
