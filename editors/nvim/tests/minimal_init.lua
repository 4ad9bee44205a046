-- Only Neovim and this plugin: `nvim --headless -u editors/nvim/tests/minimal_init.lua`.
local here = vim.fs.dirname(vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2))))
vim.opt.runtimepath:prepend(here)
vim.opt.swapfile = false
package.path = here .. '/tests/?.lua;' .. package.path
