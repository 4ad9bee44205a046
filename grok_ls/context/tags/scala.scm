(function_definition name: (_) @name) @function
(function_declaration name: (_) @name) @function
(class_definition name: (identifier) @name) @class
(trait_definition name: (identifier) @name) @class
(object_definition name: (identifier) @name) @class
(enum_definition name: (identifier) @name) @class
(type_definition name: (type_identifier) @name) @value
(compilation_unit (val_definition pattern: (identifier) @name) @value)
(template_body (val_definition pattern: (identifier) @name) @field)
(template_body (var_definition pattern: (identifier) @name) @field)
(import_declaration) @import
(package_clause !body) @import
