(function_declaration name: (identifier) @name) @function
(function_declaration name: (dot_index_expression field: (identifier) @name)) @function
(function_declaration name: (method_index_expression method: (identifier) @name)) @function
(assignment_statement (variable_list name: [(identifier) @name (dot_index_expression field: (identifier) @name)]) (expression_list value: (function_definition))) @function
(field name: (identifier) @name value: (function_definition)) @function
(chunk (variable_declaration (assignment_statement (variable_list name: (identifier) @name))) @value)
(variable_declaration (assignment_statement (expression_list value: (function_call name: (identifier) @import-call) (#eq? @import-call "require")))) @import
