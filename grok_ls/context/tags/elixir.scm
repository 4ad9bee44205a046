(call target: (identifier) @keyword (arguments [(call target: (identifier) @name) (identifier) @name (binary_operator left: (call target: (identifier) @name))]) (#any-of? @keyword "def" "defp" "defmacro" "defmacrop" "defguard" "defguardp" "defdelegate")) @function
(call target: (identifier) @keyword (arguments (alias) @name) (#any-of? @keyword "defmodule" "defprotocol" "defimpl")) @class
(unary_operator operator: "@" operand: (call target: (identifier) @name) (#not-any-of? @name "doc" "moduledoc" "typedoc" "spec" "impl" "type" "behaviour" "callback")) @field
(call target: (identifier) @keyword (#any-of? @keyword "alias" "import" "require" "use")) @import
