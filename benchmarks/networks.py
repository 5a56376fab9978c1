"""The networks of score4j's ddpm-unet and mlp in PyTorch, as TorchScript: python3 networks.py MODEL.json OUT

MODEL.json holds every key of the model, and the shape of an example. Made are OUT.forward.pt, net(x, label) of x [B, C, H, W]
or [B, D] and label [B]; OUT.gradients.pt, the gradients of the mean squared error of the noise; and OUT.step.pt, a whole step:
those gradients, with dropout, clipping of their norm, Adam and a moving average. Parameters of the U-Net have the names of
score_sde_pytorch, those of the MLP the names of score4j. Any PyTorch from 1.10 on will do.
"""

import json
import math
import sys
from typing import List

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def group_norm(channels: int, smallest: int) -> nn.GroupNorm:
    groups = max(1, min(32, channels // smallest))
    while channels % groups:
        groups -= 1
    return nn.GroupNorm(groups, channels, eps=1e-6)


class Matrix(nn.Module):
    """A 1x1 convolution that has its weights as a matrix [in, out]."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.W = nn.Parameter(torch.randn(inputs, outputs) / math.sqrt(inputs))
        self.b = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.W.t()[:, :, None, None], self.b)


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, embedding: int, dropout: float, smallest: int):
        super().__init__()
        self.GroupNorm_0 = group_norm(inputs, smallest)
        self.Conv_0 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.Dense_0 = nn.Linear(embedding, outputs)
        self.GroupNorm_1 = group_norm(outputs, smallest)
        self.Dropout_0 = nn.Dropout(dropout)
        self.Conv_1 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.NIN_0 = Matrix(inputs, outputs) if inputs != outputs else nn.Identity()

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        h = self.Conv_0(F.silu(self.GroupNorm_0(x)))
        h = h + self.Dense_0(F.silu(embedding))[:, :, None, None]
        h = self.Conv_1(self.Dropout_0(F.silu(self.GroupNorm_1(h))))
        return self.NIN_0(x) + h


class Attention(nn.Module):
    def __init__(self, channels: int, smallest: int):
        super().__init__()
        self.GroupNorm_0 = group_norm(channels, smallest)
        self.NIN_0 = Matrix(channels, channels)
        self.NIN_1 = Matrix(channels, channels)
        self.NIN_2 = Matrix(channels, channels)
        self.NIN_3 = Matrix(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        h = self.GroupNorm_0(x)
        q, k, v = (m(h).flatten(2) for m in (self.NIN_0, self.NIN_1, self.NIN_2))
        weights = torch.bmm(q.transpose(1, 2) * q.shape[1] ** -0.5, k).softmax(-1)
        return x + self.NIN_3(torch.bmm(v, weights.transpose(1, 2)).reshape(x.shape))


class Down(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.Conv_0 = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        return self.Conv_0(F.pad(x, (0, 1, 0, 1)))


class Up(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.Conv_0 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.Conv_0(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Unet(nn.Module):
    """Layers in the order in which score_sde_pytorch comes to them, which numbers them so."""

    def __init__(self, model: dict, height: int, image_channels: int):
        super().__init__()
        self.width = model["channels"]
        self.multipliers = model["multipliers"]
        self.blocks = model["blocks"]
        self.attends = [height >> i in model["attention"] for i in range(len(self.multipliers))]
        smallest = model["groupSize"]
        embedding = 4 * self.width

        def block(inputs: int, outputs: int) -> Block:
            return Block(inputs, outputs, embedding, model["dropout"], smallest)

        layers = [nn.Linear(self.width, embedding), nn.Linear(embedding, embedding)]
        layers.append(nn.Conv2d(image_channels, self.width, 3, padding=1))
        channels = self.width
        skips = [channels]
        last = len(self.multipliers) - 1
        for i, multiplier in enumerate(self.multipliers):
            for _ in range(self.blocks):
                layers.append(block(channels, self.width * multiplier))
                channels = self.width * multiplier
                if self.attends[i]:
                    layers.append(Attention(channels, smallest))
                skips.append(channels)
            if i < last:
                layers.append(Down(channels))
                skips.append(channels)
        layers += [block(channels, channels), Attention(channels, smallest), block(channels, channels)]
        for i in range(last, -1, -1):
            for _ in range(self.blocks + 1):
                layers.append(block(channels + skips.pop(), self.width * self.multipliers[i]))
                channels = self.width * self.multipliers[i]
            if self.attends[i]:
                layers.append(Attention(channels, smallest))
            if i > 0:
                layers.append(Up(channels))
        layers += [group_norm(channels, smallest), nn.Conv2d(channels, image_channels, 3, padding=1)]
        self.all_modules = nn.ModuleList(layers)

    def forward(self, x: Tensor, label: Tensor) -> Tensor:
        layer = iter(self.all_modules)
        half = self.width // 2
        frequencies = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half, dtype=torch.float64))
        angles = label.double()[:, None] * frequencies[None, :]
        embedding = next(layer)(torch.cat([angles.sin(), angles.cos()], 1).float())
        embedding = next(layer)(F.silu(embedding))
        h = next(layer)(x)
        skips = [h]
        last = len(self.multipliers) - 1
        for i in range(last + 1):
            for _ in range(self.blocks):
                h = next(layer)(h, embedding)
                if self.attends[i]:
                    h = next(layer)(h)
                skips.append(h)
            if i < last:
                h = next(layer)(h)
                skips.append(h)
        h = next(layer)(h, embedding)
        h = next(layer)(h)
        h = next(layer)(h, embedding)
        for i in range(last, -1, -1):
            for _ in range(self.blocks + 1):
                h = next(layer)(torch.cat([h, skips.pop()], 1), embedding)
            if self.attends[i]:
                h = next(layer)(h)
            if i > 0:
                h = next(layer)(h)
        norm, output = layer
        return output(F.silu(norm(h)))


class Mlp(nn.Module):
    """score4j's mlp for points x [B, D] of a variance-preserving process, whose label is ln(sigma / alpha)."""

    def __init__(self, model: dict, dimensions: int):
        super().__init__()
        width = model["width"]
        self.depth = model["depth"]
        half = model["timeFeatures"] // 2
        slowest, fastest = 2 * math.pi / 64, 2 * math.pi
        frequencies = [slowest * (fastest / slowest) ** (i / (half - 1)) for i in range(half)]
        self.register_buffer("frequencies", torch.tensor([frequencies]), persistent=False)
        self.embedding = nn.ModuleDict({"dense0": nn.Linear(2 * half, width), "dense1": nn.Linear(width, width)})
        for i in range(self.depth):
            inputs = dimensions if i == 0 else width
            layer = nn.ModuleDict({"dense": nn.Linear(inputs, width), "embedding": nn.Linear(width, width)})
            setattr(self, f"layer{i}", layer)
        self.output = nn.Linear(width, dimensions)

    def forward(self, x: Tensor, label: Tensor) -> Tensor:
        angles = label[:, None] * self.frequencies
        e = torch.cat([angles.sin(), angles.cos()], 1)
        e = F.silu(self.embedding["dense1"](F.silu(self.embedding["dense0"](e))))
        for i in range(self.depth):
            layer = getattr(self, f"layer{i}")
            x = F.silu(layer["dense"](x) + layer["embedding"](e))
        return self.output(x)


class Gradients(nn.Module):
    """Those of the mean squared error of the noise in x."""

    def __init__(self, network: torch.jit.ScriptModule):
        super().__init__()
        self.network = network

    def forward(self, x: Tensor, label: Tensor, noise: Tensor, parameters: List[Tensor]) -> List[Tensor]:
        loss = F.mse_loss(self.network(x, label), noise)
        gradients: List[Tensor] = []
        for gradient in torch.autograd.grad([loss], parameters):
            assert gradient is not None
            gradients.append(gradient)
        return gradients


class Step(nn.Module):
    """One update with the arithmetic of torch.optim.Adam; returns the norm of the gradients."""

    def __init__(self, network: torch.jit.ScriptModule):
        super().__init__()
        self.gradients = Gradients(network)

    def forward(
        self,
        data: Tensor,
        label: Tensor,
        alpha: Tensor,
        sigma: Tensor,
        number: Tensor,
        parameters: List[Tensor],
        first: List[Tensor],
        second: List[Tensor],
        averages: List[Tensor],
    ) -> Tensor:
        noise = torch.randn_like(data)
        gradients = self.gradients(alpha * data + sigma * noise, label, noise, parameters)
        with torch.no_grad():
            norm = torch.stack([g.norm() for g in gradients]).norm()
            factor = torch.clamp(1.0 / (norm + 1e-6), max=1.0)
            n = int(number)
            size = 2e-4 / (1 - 0.9**n)
            root = math.sqrt(1 - 0.999**n)
            for i in range(len(parameters)):
                gradient = gradients[i].mul_(factor)
                first[i].lerp_(gradient, 0.1)
                second[i].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
                parameters[i].addcdiv_(first[i], (second[i].sqrt() / root).add_(1e-8), value=-size)
                averages[i].lerp_(parameters[i], 0.001)
            return norm


def main(recipe: str, out: str) -> None:
    with open(recipe, encoding="utf-8") as file:
        given = json.load(file)
    model, shape = given["model"], given["shape"]
    if model["type"] == "mlp":
        network, x = Mlp(model, shape[0]), torch.randn(2, shape[0])
    else:
        network, x = Unet(model, shape[0], shape[2]), torch.randn(2, shape[2], shape[0], shape[1])
    label = torch.rand(2)
    evaluated = torch.jit.trace(network.eval(), (x, label))
    evaluated.save(out + ".forward.pt")
    torch.jit.script(Gradients(evaluated)).save(out + ".gradients.pt")
    # A traced network has dropout or has it not, as it was traced; it is random, which the check would not forgive.
    trained = torch.jit.trace(network.train(), (x, label), check_trace=False)
    torch.jit.script(Step(trained)).save(out + ".step.pt")
    print(sum(p.numel() for p in network.parameters()))


if __name__ == "__main__":
    main(*sys.argv[1:])
