(method name: (_) @name) @function
(singleton_method name: (_) @name) @function
(class name: [(constant) (scope_resolution)] @name) @class
(module name: [(constant) (scope_resolution)] @name) @class
(assignment left: (constant) @name) @value
(call method: (identifier) @import-call (#any-of? @import-call "require" "require_relative" "load")) @import
(call method: (identifier) @field-call arguments: (argument_list (simple_symbol) @name) (#any-of? @field-call "attr_reader" "attr_accessor" "attr_writer")) @field
