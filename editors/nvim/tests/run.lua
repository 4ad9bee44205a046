-- nvim --headless -u editors/nvim/tests/minimal_init.lua -l editors/nvim/tests/run.lua [name…]
-- Runs the cases of every *_spec.lua; a spec returns a table of name -> function. Exit code 1 if a case fails or there is none.
local here = vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)))
dofile(here .. '/minimal_init.lua')
vim.cmd.runtime('plugin/grok.lua')

local function reset()
  for _, client in ipairs(vim.lsp.get_clients()) do
    client:stop(true)
  end
  vim.wait(1000, function()
    return #vim.lsp.get_clients() == 0
  end, 5)
  vim.cmd('silent! only! | %bwipeout!')
  require('grok.config').set({})
end

local passed, failed = 0, 0
for name in vim.fs.dir(here) do
  if vim.endswith(name, '_spec.lua') and (#arg == 0 or vim.list_contains(arg, name)) then
    for case, run in vim.spairs(dofile(here .. '/' .. name)) do
      reset()
      local ok, err = xpcall(run, debug.traceback)
      passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
      io.write(('%s %s: %s\n'):format(ok and 'ok  ' or 'FAIL', name, case))
      if not ok then
        io.write(tostring(err) .. '\n')
      end
    end
  end
end
io.write(('%d passed, %d failed\n'):format(passed, failed))
os.exit((failed == 0 and passed > 0) and 0 or 1)
