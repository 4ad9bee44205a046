(from_instruction as: (image_alias) @name) @class
(run_instruction) @function
