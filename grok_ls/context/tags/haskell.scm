(declarations (function name: (variable) @name) @function)
(declarations (bind name: (variable) @name) @function)
(declarations (signature name: (variable) @name) @value)
(class_declarations (signature name: (variable) @name) @field)
(data_type name: (name) @name) @class
(newtype name: (name) @name) @class
(class name: (name) @name) @class
(instance name: (name) @name) @class
(type_synonym name: (name) @name) @value
(import) @import
