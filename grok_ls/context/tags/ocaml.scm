(value_definition (let_binding pattern: (value_name) @name (parameter))) @function
(structure (value_definition (let_binding pattern: (value_name) @name)) @value)
(compilation_unit (value_definition (let_binding pattern: (value_name) @name)) @value)
(method_definition (method_name) @name) @function
(type_definition (type_binding name: (type_constructor) @name)) @class
(module_definition (module_binding (module_name) @name)) @class
(module_type_definition (module_type_name) @name) @class
(class_definition (class_binding (class_name) @name)) @class
(external (value_name) @name) @value
(exception_definition (constructor_declaration (constructor_name) @name)) @value
(open_module) @import
(include_module) @import
