(method_declaration name: (identifier) @name) @function
(constructor_declaration name: (identifier) @name) @function
(destructor_declaration name: (identifier) @name) @function
(local_function_statement name: (identifier) @name) @function
(operator_declaration operator: _ @name) @function
(class_declaration name: (identifier) @name) @class
(struct_declaration name: (identifier) @name) @class
(record_declaration name: (identifier) @name) @class
(interface_declaration name: (identifier) @name) @class
(enum_declaration name: (identifier) @name) @class
(namespace_declaration name: (_) @name) @class
(delegate_declaration name: (identifier) @name) @value
(property_declaration name: (identifier) @name) @field
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @field
(using_directive) @import
(file_scoped_namespace_declaration) @import
(enum_member_declaration name: (identifier) @name) @field
