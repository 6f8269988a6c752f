"""The same step in PyTorch, eager: microseconds a step. pip install torch"""
import sys, time, torch
steps = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(64, 128), torch.nn.GELU(), torch.nn.Linear(128, 128), torch.nn.GELU(),
                          torch.nn.Linear(128, 10))
x, y = torch.rand(64, 64), torch.randint(0, 10, (64,))
opt = torch.optim.AdamW(net.parameters(), lr=1e-3)
def step():
    opt.zero_grad()
    loss = torch.nn.functional.cross_entropy(net(x), y)
    loss.backward()
    opt.step()
    return loss.item()
for _ in range(50):
    step()
begin = time.perf_counter()
for _ in range(steps):
    step()
print((time.perf_counter() - begin) / steps * 1e6)
