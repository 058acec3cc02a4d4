"""The same with torch's tensors, in both precisions."""

from __future__ import annotations

import torch
from torch.nn.functional import binary_cross_entropy_with_logits


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def kl_tensors(p, q):
    p, q = double(p), double(q)
    return torch.where(p > 0, p * torch.log(p / q), 0).sum()


def kl_xlogy_tensors(p, q):
    p, q = double(p), double(q)
    return torch.sum(torch.xlogy(p, p) - torch.xlogy(p, q))


def kl_single(p, q):
    p, q = torch.tensor(p), torch.tensor(q)
    return torch.where(p > 0, p * torch.log(p / q), 0).sum()


def kl_item(p, q):
    return kl_tensors(p, q).item()


def js_tensors(p, q):
    p, q = double(p), double(q)
    m = (p + q) / 2
    return 0.5 * torch.where(p > 0, p * (p / m).log(), 0).sum() + 0.5 * torch.where(q > 0, q * (q / m).log(), 0).sum()


def js_single(p, q):
    p, q = torch.tensor(p, dtype=torch.float32), torch.tensor(q, dtype=torch.float32)
    m = (p + q) / 2
    return 0.5 * (torch.xlogy(p, p) - torch.xlogy(p, m) + torch.xlogy(q, q) - torch.xlogy(q, m)).sum()


def total_variation_tensors(p, q):
    return torch.abs(double(p) - double(q)).sum() / 2


def hellinger_tensors(p, q):
    return torch.linalg.norm(double(p).sqrt() - double(q).sqrt()) / 2**0.5


def optimal_discriminator_tensors(p, g):
    return double(p) / (double(p) + double(g))


def optimal_discriminator_single(p, g):
    return torch.tensor(p) / (torch.tensor(p) + torch.tensor(g))


def bce_with_logits_functional(a, y):
    return binary_cross_entropy_with_logits(double(a), double(y))


def bce_with_logits_single(a, y):
    return binary_cross_entropy_with_logits(torch.tensor(a), torch.tensor(y))


def bce_with_logits_requires_grad(a, y):
    return binary_cross_entropy_with_logits(double(a).requires_grad_(), double(y))


def wasserstein_tensors(x, y):
    n = len(x) * len(y)
    x = double(x).repeat_interleave(n // len(x)).sort().values
    y = double(y).repeat_interleave(n // len(y)).sort().values
    return (x - y).abs().mean()


def kl_conjugate_tensors(t):
    return torch.exp(double(t) - 1)
