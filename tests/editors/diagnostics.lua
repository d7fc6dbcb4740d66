-- Opens the draft with the diagnostics on, and writes down what stands at each of them; then with a lint.toml that has a
-- fault.
vim.opt.runtimepath:prepend(vim.env.EDITORS .. '/nvim')
local lint = require('gongwen_lint')
lint.setup({ command = { 'lint', '--as-of', '2026-01-01' } })

-- What a check found, once it has come.
local function found()
  assert(vim.wait(20000, function()
    return #vim.diagnostic.get(0) > 0
  end, 20))
  return vim.diagnostic.get(0)
end

vim.cmd('edit 测\\ 试.txt')
local places = {}
for _, d in ipairs(found()) do
  local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, true)[1]
  table.insert(places, {
    line = d.lnum + 1,
    text = line:sub(d.col + 1, d.end_col),
    type = vim.diagnostic.severity[d.severity],
    rule = d.code,
    message = d.message,
  })
end

vim.diagnostic.reset()
vim.fn.writefile({ 'nosuch = 1' }, 'lint.toml')
lint.check(0)
local fault = found()[1]
for _, d in ipairs(vim.diagnostic.get(0)) do
  fault = d.code == 'config-invalid' and d or fault
end
vim.fn.writefile({ vim.fn.json_encode({ places = places, fault = { fault.lnum, fault.code, fault.message } }) }, 'found.json')
vim.cmd('qall!')
