(statement (create_table (object_reference name: (identifier) @name))) @class
(statement (create_view (object_reference name: (identifier) @name))) @class
(statement (create_function (object_reference name: (identifier) @name))) @function
(statement (create_index column: (identifier) @name)) @value
(statement) @value
(column_definition name: (identifier) @name) @field
