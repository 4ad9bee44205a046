(function_definition (signature (call_expression . (identifier) @name))) @function
(function_definition (signature (typed_expression (call_expression . (identifier) @name)))) @function
(function_definition (signature (where_expression (call_expression . (identifier) @name)))) @function
(macro_definition (signature (call_expression . (identifier) @name))) @function
(assignment . (call_expression . (identifier) @name)) @function
(struct_definition (type_head (identifier) @name)) @class
(struct_definition (type_head (parametrized_type_expression . (identifier) @name))) @class
(struct_definition (type_head (binary_expression . (identifier) @name))) @class
(abstract_definition (type_head (identifier) @name)) @value
(module_definition name: (identifier) @name) @class
(const_statement (assignment . (identifier) @name)) @value
(source_file (assignment . (identifier) @name) @value)
(using_statement) @import
(import_statement) @import
