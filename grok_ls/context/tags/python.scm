(function_definition name: (identifier) @name) @function
(class_definition name: (identifier) @name) @class
(type_alias_statement left: (type (identifier) @name)) @value
(module (expression_statement (assignment left: (identifier) @name)) @value)
(module (expression_statement (assignment left: (pattern_list (identifier) @name))) @value)
(class_definition body: (block (expression_statement (assignment left: (identifier) @name)) @field))
(import_statement) @import
(import_from_statement) @import
(future_import_statement) @import
(function_definition name: (identifier) @init (#eq? @init "__init__") body: (block (expression_statement (assignment left: (attribute object: (identifier) @self attribute: (identifier) @name) (#eq? @self "self"))) @field))
(module (if_statement (block (expression_statement (assignment left: (identifier) @name)) @value)))
(module (if_statement (else_clause (block (expression_statement (assignment left: (identifier) @name)) @value))))
(module (try_statement (block (expression_statement (assignment left: (identifier) @name)) @value)))
(module (try_statement (except_clause (block (expression_statement (assignment left: (identifier) @name)) @value))))
