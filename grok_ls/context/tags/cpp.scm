(function_definition declarator: (function_declarator declarator: (_) @name)) @function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name))) @function
(function_definition declarator: (reference_declarator (function_declarator declarator: (_) @name))) @function
(function_definition declarator: (operator_cast) @name) @function
(preproc_function_def name: (identifier) @name) @value
(preproc_def name: (identifier) @name) @value
(class_specifier name: (_) @name body: (_)) @class
(struct_specifier name: (_) @name body: (_)) @class
(union_specifier name: (_) @name body: (_)) @class
(enum_specifier name: (_) @name body: (_)) @class
(namespace_definition name: (_) @name) @class
(concept_definition name: (identifier) @name) @value
(type_definition declarator: (type_identifier) @name) @value
(alias_declaration name: (type_identifier) @name) @value
(translation_unit (declaration declarator: (identifier) @name) @value)
(translation_unit (declaration declarator: (init_declarator declarator: (identifier) @name)) @value)
(translation_unit (declaration declarator: (init_declarator declarator: (array_declarator declarator: (identifier) @name))) @value)
(field_declaration declarator: (field_identifier) @name) @field
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @field
(preproc_include) @import
(using_declaration) @import
(translation_unit (declaration declarator: (pointer_declarator declarator: (identifier) @name)) @value)
(translation_unit (declaration declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))) @value)
(translation_unit (declaration declarator: (array_declarator declarator: (identifier) @name)) @value)
(translation_unit (declaration declarator: (init_declarator declarator: (pointer_declarator declarator: (identifier) @name))) @value)
(translation_unit (declaration declarator: (init_declarator declarator: (pointer_declarator declarator: (array_declarator declarator: (identifier) @name)))) @value)
(field_declaration declarator: (pointer_declarator declarator: (field_identifier) @name)) @field
(field_declaration declarator: (function_declarator declarator: (operator_name) @name)) @field
(declaration declarator: (function_declarator declarator: (destructor_name) @name)) @field
(enumerator name: (identifier) @name) @field
(translation_unit (declaration declarator: (function_declarator declarator: (identifier) @name)) @value)
