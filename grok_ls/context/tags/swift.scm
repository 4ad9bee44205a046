(function_declaration name: (simple_identifier) @name) @function
(init_declaration "init" @name) @function
(deinit_declaration "deinit" @name) @function
(protocol_function_declaration name: (simple_identifier) @name) @function
(class_declaration name: [(type_identifier) (user_type)] @name) @class
(protocol_declaration name: (type_identifier) @name) @class
(typealias_declaration name: (type_identifier) @name) @value
(source_file (property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @value)
(class_body (property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @field)
(enum_entry name: (simple_identifier) @name) @field
(import_declaration) @import
