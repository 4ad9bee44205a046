(function_declaration name: (identifier) @name) @function
(secondary_constructor) @function
(class_declaration name: (identifier) @name) @class
(object_declaration name: (identifier) @name) @class
(companion_object) @class
(type_alias type: (identifier) @name) @value
(source_file (property_declaration (variable_declaration (identifier) @name)) @value)
(class_body (property_declaration (variable_declaration (identifier) @name)) @field)
(class_parameter (identifier) @name) @field
(import) @import
(package_header) @import
