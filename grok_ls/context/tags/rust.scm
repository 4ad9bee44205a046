(function_item name: (_) @name) @function
(function_signature_item name: (_) @name) @function
(macro_definition name: (identifier) @name) @function
(struct_item name: (type_identifier) @name) @class
(enum_item name: (type_identifier) @name) @class
(union_item name: (type_identifier) @name) @class
(trait_item name: (type_identifier) @name) @class
(impl_item type: (type_identifier) @name) @class
(impl_item type: (generic_type type: (type_identifier) @name)) @class
(impl_item type: (scoped_type_identifier name: (type_identifier) @name)) @class
(mod_item name: (identifier) @name body: (_)) @class
(type_item name: (type_identifier) @name) @value
(const_item name: (identifier) @name) @value
(static_item name: (identifier) @name) @value
(use_declaration) @import
(extern_crate_declaration) @import
(mod_item !body) @import
(field_declaration name: (field_identifier) @name) @field
(enum_variant name: (identifier) @name) @field
