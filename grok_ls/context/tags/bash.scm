(function_definition name: (word) @name) @function
(program (variable_assignment name: (variable_name) @name) @value)
(program (declaration_command (variable_assignment name: (variable_name) @name)) @value)
(command name: (command_name (word) @import-call) (#any-of? @import-call "source" ".")) @import
