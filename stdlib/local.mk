stdlib_files += stdlib/prelude.plx stdlib/nn.plx stdlib/optim.plx
